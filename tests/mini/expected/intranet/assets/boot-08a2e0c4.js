void`the script that starts the self-check`;

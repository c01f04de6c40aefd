window.selfCheckWasm="AGFzbQEAAAA=";

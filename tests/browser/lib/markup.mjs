// html-validate, set up once for whatever we write.

import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';

const validator = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ['html-validate:standard', 'html-validate:a11y'],
    rules: {
      // Page titles carry the name of the site; search results need both.
      'long-title': 'off',
      // Machine-written HTML: spaces at line ends are nobody's concern.
      'no-trailing-whitespace': 'off',
    },
  }),
);

/** What html-validate objects to in a file, a line each. */
export async function markupFindings(file) {
  const report = await validator.validateFile(file);
  return report.results.flatMap((result) => result.messages).map(summary);
}

function summary(message) {
  return `${message.line}:${message.column} ${message.ruleId}: ${message.message}`;
}

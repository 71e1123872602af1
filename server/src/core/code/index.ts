/**
 * Readers of C#, Visual Basic and F#, as deep as the question needs what a line does about TLS: comments, strings and
 * branches of the preprocessor told apart, then names, constants and expressions of protocols, within one file. Pure,
 * never throws, and proportional to the length of the text.
 */
export type { Code, CodeLanguage } from './code.ts';
export { readSource, type SourceFile, sourceLanguage } from './read-source.ts';

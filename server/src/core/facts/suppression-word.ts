/**
 * No text without this word has a comment that silences a rule. It is looked for before anything is parsed, and a file
 * that has it is read even where nothing else in it matters: a comment that silences nothing is told.
 */
export const suppressionWord = 'dynamics-tls-disable';

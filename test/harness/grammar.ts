import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { readRepositoryFile } from './repository.ts';

/** A piece of a line with the innermost scope that a theme colours, without the language at its end. */
export type Token = readonly [text: string, scope: string];

interface Contribution {
  readonly scopeName: string;
  readonly path: string;
}

const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

/** Colours lines with a grammar that package.json contributes, in the very engine that VS Code uses. */
export async function createTokenizer(language: string): Promise<(lines: readonly string[]) => Token[][]> {
  await oniguruma.loadWASM(readFileSync(wasm));
  const grammars: readonly (Contribution & { readonly language: string })[] = JSON.parse(
    readRepositoryFile('package.json'),
  ).contributes.grammars;
  const contribution = grammars.find((grammar) => grammar.language === language);
  if (!contribution) {
    throw new Error(`no grammar for ${language}`);
  }
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scopeName) => {
      const found = grammars.find((grammar) => grammar.scopeName === scopeName);
      return found ? textmate.parseRawGrammar(readRepositoryFile(found.path.slice(2)), found.path) : null;
    },
  });
  const grammar = await registry.loadGrammar(contribution.scopeName);
  if (!grammar) {
    throw new Error(`${contribution.path} cannot be read`);
  }
  return (lines) => {
    let state = textmate.INITIAL;
    return lines.map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }): Token => {
        const scope = scopes.at(-1) ?? '';
        return [
          line.slice(startIndex, endIndex),
          scope === contribution.scopeName ? '' : scope.replace(/\.[^.]+$/, ''),
        ];
      });
    });
  };
}

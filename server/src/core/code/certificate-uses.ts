import type { CertificateCheckUse } from '../model/protocol-use.ts';
import { acceptsEverything, isAlwaysTrue, methodBody } from './callbacks.ts';
import { chainText } from './names.ts';
import { chainStart } from './protocol-assignments.ts';
import { describePlace, statementRange } from './use-places.ts';
import { type Evaluator, splitArguments } from './values.ts';
import { expressionEnd } from './variables.ts';

const callbackProperties =
  /^(?:ServerCertificateValidationCallback|ServerCertificateCustomValidationCallback|RemoteCertificateValidationCallback|CertificateValidationCallback|ServerCertificateValidation|UserCertificateValidationCallback|RemoteCertificateValidation)$/i;

/** Places where the certificates of servers are no longer checked. */
export function readCertificateUses(evaluator: Evaluator): CertificateCheckUse[] {
  const { code } = evaluator;
  const found = new Map<number, CertificateCheckUse>();
  const add = (use: CertificateCheckUse | undefined) => {
    // The outermost of what accepts comes first: what stands inside of it is the same.
    const isInside =
      use &&
      [...found.values()].some(
        ({ valueRange }) => valueRange.start <= use.valueRange.start && use.valueRange.end <= valueRange.end,
      );
    if (use && !isInside) {
      found.set(use.valueRange.start, use);
    }
  };
  for (let i = 0; i < code.length; i++) {
    if (!code.isName(i)) {
      continue;
    }
    const name = code.name(i);
    if (callbackProperties.test(name)) {
      add(readAssigned(evaluator, i) ?? readConstructed(evaluator, i));
    } else if (code.same(name, 'SslStream') && code.is(i + 1, '(')) {
      for (const { first, last } of splitArguments(code, i + 1).slice(2)) {
        add(toUse(evaluator, i, first, last, 'client'));
      }
    } else if (code.same(name, 'DangerousAcceptAnyServerCertificateValidator')) {
      add(readBuiltIn(evaluator, i));
    } else if (code.same(name, 'CheckValidationResult')) {
      add(readPolicy(evaluator, i));
    } else if (code.same(name, 'X509CertificateValidationMode') && code.is(i + 2, 'None')) {
      add(readMode(evaluator, i));
    }
  }
  return [...found.values()];
}

function readAssigned(evaluator: Evaluator, i: number): CertificateCheckUse | undefined {
  const { code } = evaluator;
  const isVariable = code.isName(i + 1) && code.is(i + 2, '=') && code.language === 'csharp';
  const operator = isVariable ? i + 2 : i + 1;
  const isNamedArgument =
    code.is(operator, ':') && code.language === 'csharp' && (code.is(i - 1, '(') || code.is(i - 1, ','));
  if (!/^(?:=|\+=|<-|:=|\?\?=)$/.test(code.word(operator)) && !isNamedArgument) {
    return undefined;
  }
  const owner = (chainText(code, chainStart(code, i)) ?? '').split('.').slice(0, -1).join('.');
  const isStatic =
    owner === '' && evaluator.names.staticImports.some((one) => evaluator.type(one) === 'ServicePointManager');
  const scope = evaluator.type(owner) === 'ServicePointManager' || isStatic ? 'process' : 'client';
  return toUse(evaluator, i, operator + 1, expressionEnd(code, operator + 1), scope);
}

/** `new RemoteCertificateValidationCallback(...)` that is stored or passed on. */
function readConstructed(evaluator: Evaluator, i: number): CertificateCheckUse | undefined {
  const { code } = evaluator;
  const isType = /^RemoteCertificateValidationCallback$/i.test(code.name(i)) && code.is(i + 1, '(');
  return isType ? toUse(evaluator, i, i, code.partner(i + 1), 'client') : undefined;
}

function readBuiltIn(evaluator: Evaluator, i: number): CertificateCheckUse | undefined {
  const { code } = evaluator;
  const first = chainStart(code, i);
  const owner = chainText(code, first) ?? '';
  const isOther = /\./.test(owner)
    ? !/\bHttpClientHandler\.\w+$/i.test(owner)
    : evaluator.names.staticImports.length === 0;
  const isNamed =
    isOther ||
    /^(?:==|!=|is|<>)$/i.test(code.word(first - 1)) ||
    /^(?:==|!=|is|<>)$/i.test(code.word(i + 1)) ||
    code.is(first - 2, 'nameof') ||
    code.is(first - 2, 'NameOf');
  return isNamed ? undefined : toUse(evaluator, i, first, i, 'client');
}

function readPolicy(evaluator: Evaluator, i: number): CertificateCheckUse | undefined {
  const { code } = evaluator;
  const isPolicy = /\bICertificatePolicy\b/i.test(code.text) && !code.is(i - 1, '.');
  const isExplicit = code.is(i - 1, '.') && /^(?:ICertificatePolicy|this|_|x|self|__)$/i.test(code.name(i - 2));
  const body = isPolicy || isExplicit ? methodBody(code, code.name(i)) : undefined;
  if (!body || body.first < i || !isAlwaysTrue(code, body.first, body.last)) {
    return undefined;
  }
  return {
    kind: 'certificate-check',
    form: 'policy',
    scope: 'process',
    range: code.range(i, body.last),
    valueRange: code.range(i, i),
    where: describePlace(evaluator, i),
  };
}

/** `CertificateValidationMode = X509CertificateValidationMode.None`. */
function readMode(evaluator: Evaluator, i: number): CertificateCheckUse | undefined {
  const { code } = evaluator;
  const first = chainStart(code, i);
  const isAssigned = code.is(first - 1, '=') || code.is(first - 1, '<-');
  const isCompared =
    code.language !== 'csharp' && code.is(first - 1, '=') && !code.isEnd(evaluator.structure.statementStart(first) - 1);
  if (!isAssigned || isCompared || !isAboutService(evaluator, first - 2)) {
    return undefined;
  }
  return {
    kind: 'certificate-check',
    form: 'wcf-mode',
    scope: 'client',
    range: statementRange(evaluator, i),
    valueRange: code.range(first, i + 2),
    where: describePlace(evaluator, i),
  };
}

/**
 * True for the mode of a service's certificate. What a service checks of its clients, and how tokens are checked, is
 * another question.
 */
function isAboutService(evaluator: Evaluator, property: number): boolean {
  const { code } = evaluator;
  const first = chainStart(code, property);
  const chain = chainText(code, first) ?? '';
  const open = code.around(property);
  const constructed = code.is(open - 1, ')') ? code.partner(open - 1) - 1 : open - 1;
  if (/ServiceCertificate|X509ServiceCertificateAuthentication/i.test(chain + code.name(constructed))) {
    return true;
  }
  const definition = first < property ? evaluator.definition(first) : undefined;
  return (
    definition !== undefined &&
    /ServiceCertificate/i.test(code.text.slice(code.start(definition.first), code.end(definition.last)))
  );
}

function toUse(
  evaluator: Evaluator,
  at: number,
  first: number,
  last: number,
  scope: 'process' | 'client',
): CertificateCheckUse | undefined {
  const accepting = acceptsEverything(evaluator, first, last);
  return accepting
    ? {
        kind: 'certificate-check',
        form: accepting.isBuiltIn ? 'accept-any' : 'callback',
        scope,
        range: statementRange(evaluator, at),
        valueRange: accepting.range,
        where: describePlace(evaluator, at),
      }
    : undefined;
}

import type { SignInResult } from './report.ts';

/** The path that answers a request without a token with the sign-in authority, on every Dataverse host. */
export const signInPath = '/api/data/v9.2/';

/**
 * Reads the head of an HTTP answer to a request without a token.
 * Source of the form: https://github.com/microsoft/PowerPlatform-DataverseServiceClient
 * (src/GeneralTools/DataverseClient/Client/Auth/AuthorityResolver.cs)
 */
export function parseSignIn(head: string | null): SignInResult {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head ?? '');
  if (!status || head === null) {
    return { status: null, authority: null, schemes: [] };
  }
  const challenges = [...head.matchAll(/^www-authenticate:[ \t]*([^\r\n]*)/gim)].map((match) => match[1] ?? '');
  const authority = challenges.map((challenge) => /authorization_uri="?([^",\s]+)/i.exec(challenge)?.[1]).find(Boolean);
  return {
    status: Number(status[1]),
    authority: authority !== undefined && /^https:\/\//i.test(authority) ? authority : null,
    schemes: challenges.map((challenge) => /^[!-~]+/.exec(challenge)?.[0] ?? '').filter((scheme) => scheme !== ''),
  };
}

/**
 * Reads again and again until the value is as wanted: the condition ends the wait, not the clock. The clock only ends
 * the test that would wait for ever.
 * @param what What is waited for; completes the sentence "Waited N s for ...".
 * @returns The first accepted value.
 * @throws With the last value that was seen.
 */
export async function until<T>(
  what: string,
  read: () => Promise<T> | T,
  accept: (value: T) => boolean,
  limitMilliseconds = 45_000,
): Promise<T> {
  const started = Date.now();
  for (;;) {
    const value = await read();
    if (accept(value)) {
      return value;
    }
    if (Date.now() - started > limitMilliseconds) {
      throw new Error(`Waited ${limitMilliseconds / 1000} s for ${what}; last seen: ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
}

/** Short enough not to be felt, long enough not to keep the editor from working. */
const pauseMilliseconds = 50;

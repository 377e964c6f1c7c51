/** Whether npm's record of what is installed is what the lock file asks for, on this machine. */
export function agrees(
  lockText: string,
  recordText: string,
  machine: { readonly platform: string; readonly arch: string },
): boolean;

/** An end with a cause and what to do about it; shown without a stack. */
export class BootstrapFault extends Error {
  /**
   * @param {string} message
   * @param {string} [hint]
   * @param {number} [exitCode] 2: what the caller wrote is wrong; 3: the machine does not serve
   */
  constructor(message, hint = "", exitCode = 3) {
    super(message);
    this.name = "BootstrapFault";
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

// Stands in for VS Code's native logger, which the harness does not compile: without one there are no log files and
// nothing to read after a failed test. The exports are assigned one by one, because VS Code imports them by name
// from an ES module.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  constructor(_kind, _name, path) {
    this.path = path;
    this.level = 2;
    this.hasPrefix = true;
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, '');
  }
  write(level, message) {
    if (level < this.level) {
      return;
    }
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      appendFileSync(this.path, this.hasPrefix ? `${time} [${levels[level]}] ${message}\n` : message);
    } catch {
      // The folder may be gone already when the server shuts down; a logger must not break that.
    }
  }
  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.hasPrefix = true;
  }
  clearFormatters() {
    this.hasPrefix = false;
  }
  flush() {}
  drop() {}
}

const create = async (name, path) => new Logger('rotating', name, path);

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;

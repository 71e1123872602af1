// Stands in for the native module that ends an extension host whose parent is gone. The harness ends the whole process
// group itself; without this stub every log begins with a stack trace about the missing module.
exports.start = () => {};
exports.exit = (code) => process.exit(code ?? 0);

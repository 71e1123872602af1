[Net.ServicePointManager]::SecurityProtocol = 192
# @47-50 obsolete-protocol-enabled error

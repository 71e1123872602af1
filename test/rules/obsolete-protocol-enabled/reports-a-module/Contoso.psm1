[Net.ServicePointManager]::SecurityProtocol = "Ssl3"
# @47-53 obsolete-protocol-enabled error

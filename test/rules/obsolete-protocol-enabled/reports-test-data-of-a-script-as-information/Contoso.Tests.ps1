[Net.ServicePointManager]::SecurityProtocol = 'Tls'
# @47-52 obsolete-protocol-enabled information

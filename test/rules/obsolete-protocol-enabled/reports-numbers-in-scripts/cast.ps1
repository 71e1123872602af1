[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]48
# @47-75 obsolete-protocol-enabled error SSL 3.0

[System.Net.ServicePointManager]::SecurityProtocol = 'Tls'
# @54-59 obsolete-protocol-enabled error

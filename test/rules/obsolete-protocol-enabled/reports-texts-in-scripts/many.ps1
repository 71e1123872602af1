[System.Net.ServicePointManager]::SecurityProtocol = 'Tls, tls11,TLS12'
# @54-72 obsolete-protocol-enabled warning TLS 1.0 and TLS 1.1

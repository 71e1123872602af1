$protocol = 'Tls11'
[Net.ServicePointManager]::SecurityProtocol = $protocol
# @47-56 obsolete-protocol-enabled error TLS 1.1

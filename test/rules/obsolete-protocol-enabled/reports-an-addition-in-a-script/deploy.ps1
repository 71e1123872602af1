[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls11
# @47-129 obsolete-protocol-enabled warning TLS 1.1 is added
[Net.ServicePointManager]::SecurityProtocol += 'Tls'
# @48-53 obsolete-protocol-enabled warning

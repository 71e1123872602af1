[Net.ServicePointManager]::SecurityProtocol = 192 -bor 768 -bor 3072
# @47-69 obsolete-protocol-enabled warning TLS 1.0 and TLS 1.1

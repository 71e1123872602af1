[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bxor [Net.SecurityProtocolType]::Tls12
# @47-130 tls12-removed warning

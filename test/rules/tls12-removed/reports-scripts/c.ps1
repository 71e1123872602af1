[Net.ServicePointManager]::SecurityProtocol -= [Net.SecurityProtocolType]::Tls12
# @48-81 tls12-removed error

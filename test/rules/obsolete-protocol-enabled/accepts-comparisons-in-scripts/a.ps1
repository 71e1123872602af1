if ([Net.ServicePointManager]::SecurityProtocol -eq [Net.SecurityProtocolType]::Tls) { throw 'too old' }
$names = @{ 'Tls' = 'TLS 1.0'; 'Ssl3' = 'SSL 3.0' }
Write-Host "[Net.ServicePointManager]::SecurityProtocol = 'Tls'"
# [Net.ServicePointManager]::SecurityProtocol = 'Tls'

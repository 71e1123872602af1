enum SecurityProtocol { Ssl3; Tls; Tls12 }
$settings = @{ SecurityProtocol = 'Tls' }
$settings.SecurityProtocol = 'Tls11'
$object | Add-Member SecurityProtocol 'Tls'
[Contoso.Net]::SecurityProtocol = 'Tls'
Set-Thing -SecurityProtocol Tls

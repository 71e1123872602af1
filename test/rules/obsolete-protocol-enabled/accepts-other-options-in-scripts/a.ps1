Invoke-WebRequest -Uri https://contoso.crm4.dynamics.com -SslProtocol Tls12
Invoke-WebRequest -Uri https://contoso.crm4.dynamics.com -SslProtocol $protocol
Test-Server -SslProtocol Tls

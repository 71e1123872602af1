Invoke-WebRequest -Uri https://contoso.crm4.dynamics.com/api/data/v9.2/ -SslProtocol Tls
# @86-89 obsolete-protocol-enabled warning
irm https://contoso.crm4.dynamics.com -SslP 'Tls11'
# @45-52 obsolete-protocol-enabled warning

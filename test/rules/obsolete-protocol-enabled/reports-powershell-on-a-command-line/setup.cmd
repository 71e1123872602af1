powershell -NoProfile -Command "[Net.ServicePointManager]::SecurityProtocol = 'Tls'; iwr https://contoso.crm4.dynamics.com"
# @79-84 obsolete-protocol-enabled error
:: end

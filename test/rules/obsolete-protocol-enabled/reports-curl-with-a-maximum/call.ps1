curl.exe --tls-max 1.1 https://contoso.crm4.dynamics.com/
# @10-23 obsolete-protocol-enabled error

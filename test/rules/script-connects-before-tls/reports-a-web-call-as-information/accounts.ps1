irm https://contoso.crm.dynamics.com/api/data/v9.2/WhoAmI
# @1-4 script-connects-before-tls information PowerShell 7 is right

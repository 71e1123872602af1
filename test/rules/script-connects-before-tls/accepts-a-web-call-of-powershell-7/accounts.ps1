#requires -Version 7.2
Invoke-RestMethod https://contoso.crm4.dynamics.com/api/data/v9.2/accounts

Invoke-RestMethod https://contoso.crm4.dynamics.com/api/data/v9.2/WhoAmI
$connection = Get-CrmConnection -ConnectionString $text
#             ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning

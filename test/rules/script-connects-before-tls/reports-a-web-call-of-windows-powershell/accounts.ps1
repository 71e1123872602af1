#requires -PSEdition Desktop
$url = 'https://contoso.crm4.dynamics.com'
$accounts = Invoke-RestMethod -Uri "$url/api/data/v9.2/accounts" -Headers $headers
#           ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning

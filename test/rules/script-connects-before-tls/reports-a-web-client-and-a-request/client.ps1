#requires -PSEdition Desktop
$client = New-Object System.Net.WebClient
$text = $client.DownloadString('https://contoso.crm4.dynamics.com/api/data/v9.2/')
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ script-connects-before-tls warning WebClient

Add-Type -Path .\Microsoft.Xrm.Tooling.Connector.dll
$client = [Microsoft.Xrm.Tooling.Connector.CrmServiceClient]::new($text)
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
$other = New-Object -TypeName Microsoft.Xrm.Tooling.Connector.CrmServiceClient -ArgumentList $text

#requires -PSEdition Desktop
$request = [Net.WebRequest]::Create('https://contoso.crm4.dynamics.com/')
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ script-connects-before-tls warning WebRequest
[Net.ServicePointManager]::SecurityProtocol = 'Tls12'
$answer = $request.GetResponse()

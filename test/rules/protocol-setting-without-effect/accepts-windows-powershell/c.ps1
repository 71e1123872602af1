#requires -PSEdition Core
if ($PSVersionTable.PSVersion.Major -lt 6) { [Net.ServicePointManager]::SecurityProtocol = 'Tls12' }

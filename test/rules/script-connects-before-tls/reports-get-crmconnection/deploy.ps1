# Imports a solution.
Add-PSSnapin Microsoft.Xrm.Tooling.Connector
$connection = Get-CrmConnection -ConnectionString $connectionString
#             ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning Get-CrmConnection leaves the protocol
Import-CrmSolution $connection

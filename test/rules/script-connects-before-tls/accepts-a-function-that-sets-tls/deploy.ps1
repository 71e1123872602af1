function Initialize-Session {
  [Net.ServicePointManager]::SecurityProtocol = 'Tls12'
}
function Connect-All {
  Get-CrmConnection -InteractiveMode
}
Initialize-Session
Connect-All

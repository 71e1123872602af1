function Connect-Everything {
  Get-CrmConnection -InteractiveMode
}

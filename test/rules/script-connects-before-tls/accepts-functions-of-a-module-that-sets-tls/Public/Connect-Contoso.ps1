function Connect-Contoso {
  Get-CrmConnection -InteractiveMode
}

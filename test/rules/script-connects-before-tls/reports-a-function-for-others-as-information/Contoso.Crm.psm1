function Connect-Contoso {
  param([string] $Text)
  Get-CrmConnection -ConnectionString $Text
# ^^^^^^^^^^^^^^^^^ script-connects-before-tls information depends on who calls
}

Export-ModuleMember -Function Connect-Contoso

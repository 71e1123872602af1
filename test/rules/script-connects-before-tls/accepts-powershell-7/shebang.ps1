#!/usr/bin/env pwsh
Get-CrmConnection -InteractiveMode

using System;
using Microsoft.Xrm.Sdk;

public class AccountPlugin : IPlugin
{
    public void Execute(IServiceProvider serviceProvider)
    {
    }
}

using System;
using Microsoft.Xrm.Sdk;

public class Plugin : IPlugin
{
    public void Execute(IServiceProvider serviceProvider)
    {
    }
}

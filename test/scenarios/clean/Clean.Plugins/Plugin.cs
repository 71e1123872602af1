using System;
using Microsoft.Xrm.Sdk;

namespace Clean.Plugins
{
    public class Plugin : IPlugin
    {
        public void Execute(IServiceProvider serviceProvider)
        {
            var context = (IPluginExecutionContext)serviceProvider.GetService(typeof(IPluginExecutionContext));
            context.SharedVariables["seen"] = true;
        }
    }
}

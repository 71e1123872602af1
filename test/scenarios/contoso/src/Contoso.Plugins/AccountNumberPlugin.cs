using System;
using Microsoft.Xrm.Sdk;

namespace Contoso.Plugins
{
    /// <summary>Gives a new account its number. Step: Create of account, pre-operation, synchronous.</summary>
    public class AccountNumberPlugin : IPlugin
    {
        public void Execute(IServiceProvider serviceProvider)
        {
            var context = (IPluginExecutionContext)serviceProvider.GetService(typeof(IPluginExecutionContext));
            var tracing = (ITracingService)serviceProvider.GetService(typeof(ITracingService));

            object target;
            if (!context.InputParameters.TryGetValue("Target", out target) || !(target is Entity))
            {
                return;
            }

            var account = (Entity)target;
            if (account.Contains("accountnumber"))
            {
                return;
            }

            account["accountnumber"] = "C-" + DateTime.UtcNow.ToString("yyMMddHHmmss");
            tracing.Trace("Account number {0}", account["accountnumber"]);
        }
    }
}

using System;
using System.Web;
using Microsoft.Xrm.Tooling.Connector;

namespace Contoso.Portal
{
    public class Global : HttpApplication
    {
        protected void Application_Start(object sender, EventArgs e)
        {
            CrmServiceClient.MaxConnectionTimeout = TimeSpan.FromMinutes(2);
        }
    }
}

using System;
using System.ServiceModel.Description;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Client;

namespace Contoso.Jobs.Nightly
{
    public static class Program
    {
        public static void Main(string[] args)
        {
            var credentials = new ClientCredentials();
            credentials.UserName.UserName = args[0];
            credentials.UserName.Password = args[1];

            var address = new Uri("https://contoso.api.crm4.dynamics.com/XRMServices/2011/Organization.svc");
            using (var service = new OrganizationServiceProxy(address, null, credentials, null))
            {
                var run = new Entity("contoso_jobrun");
                run["contoso_name"] = "Nightly " + DateTime.Today.ToShortDateString();
                service.Create(run);
            }
        }
    }
}

using System;
using System.ServiceModel.Description;
using System.ServiceProcess;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Client;
using Microsoft.Xrm.Sdk.Query;

namespace Contoso.Jobs.Mailer
{
    public class MailerService : ServiceBase
    {
        private OrganizationServiceProxy _service;

        public static void Main()
        {
            Run(new MailerService());
        }

        protected override void OnStart(string[] args)
        {
            var credentials = new ClientCredentials();
            credentials.UserName.UserName = Environment.GetEnvironmentVariable("CONTOSO_CRM_USER");
            credentials.UserName.Password = Environment.GetEnvironmentVariable("CONTOSO_CRM_PASSWORD");
            var address = new Uri("https://contoso.api.crm4.dynamics.com/XRMServices/2011/Organization.svc");
            _service = new OrganizationServiceProxy(address, null, credentials, null);

            foreach (Entity mail in _service.RetrieveMultiple(new QueryExpression("email")).Entities)
            {
                EventLog.WriteEntry("Waiting: " + mail.Id);
            }
        }

        protected override void OnStop()
        {
            _service.Dispose();
        }
    }
}

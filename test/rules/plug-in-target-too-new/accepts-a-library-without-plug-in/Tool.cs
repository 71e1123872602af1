using Microsoft.Xrm.Sdk;

public static class Tool
{
    public static void Touch(IOrganizationService service)
    {
        service.Update(new Entity("account"));
    }
}

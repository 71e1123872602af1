// [CrmPluginRegistration("Update", "account")]
public class Reader
{
    public const string Example = "[CrmPluginRegistration(\"Update\")]";

    public bool IsRegistration(object attribute) => attribute is CrmPluginRegistrationAttribute;
}

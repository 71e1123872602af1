using Microsoft.Crm.UnifiedServiceDesk.Dynamics;

public class Search : DynamicsBaseHostedControl
{
}

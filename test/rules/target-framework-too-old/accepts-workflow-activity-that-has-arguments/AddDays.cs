public class AddDays : ActivityOfAnotherAssembly
{
    [Input("Days")]
    public InArgument<int> Days { get; set; }
}

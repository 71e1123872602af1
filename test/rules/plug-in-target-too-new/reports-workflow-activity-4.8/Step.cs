using System.Activities;
using Microsoft.Xrm.Sdk.Workflow;

public sealed class Step : CodeActivity
{
    [Input("Name")]
    public InArgument<string> Name { get; set; }

    protected override void Execute(CodeActivityContext executionContext)
    {
        executionContext.GetExtension<IWorkflowContext>();
    }
}

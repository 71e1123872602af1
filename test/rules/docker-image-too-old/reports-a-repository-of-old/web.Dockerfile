from microsoft/aspnet:4.6.1-windowsservercore-10.0.14393.1884
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ docker-image-too-old warning 4.6.1
